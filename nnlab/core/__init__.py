"""The training of networks in NumPy: no web page, no figure, no file and no clock is known here."""
