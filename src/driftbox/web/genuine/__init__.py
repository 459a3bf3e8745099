"""Genuine 真假: anybody may ask whether a written notice was really issued, and learns nothing else."""
