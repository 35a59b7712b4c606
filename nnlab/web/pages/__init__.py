"""The pages: what stands where, and the light callbacks behind it."""
