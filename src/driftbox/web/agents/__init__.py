"""Agents: the register, giving cases out, where nobody is, and what each did."""
