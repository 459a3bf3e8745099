"""The reception log 接待登记: who came, called or wrote, what became of it, and whom to call back."""
