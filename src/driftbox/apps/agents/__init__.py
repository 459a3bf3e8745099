"""The register of agents, giving cases out, and what each agent did."""
