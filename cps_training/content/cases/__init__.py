"""Case-study cooperatives: what their files say, the figures, the papers, and what is planted in them. Holds keys: desk and command line only."""
