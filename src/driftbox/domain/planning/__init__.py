"""Who goes where: rounds 走访 that can be kept, and cases given to whoever is fit and near."""
