"""What a Python that a test starts finds first."""
