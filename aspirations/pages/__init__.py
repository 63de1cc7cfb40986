"""What pages show, assembled from few queries into plain rows; templates only lay it out."""
