"""Language models and encoders: catalogue, weights, loading, serving."""
