"""One module for each family of models. A family has NAMES, create(name), forward(name, model, x) with raw outputs by name,
CASES (batch, height, width; image 0 of a batch is the image of a batch of one) and SIZES (height, width for multiply-adds)."""
