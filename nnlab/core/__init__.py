"""How a network is trained, in NumPy. Nothing in here knows of a page, a picture, a file or a clock."""
