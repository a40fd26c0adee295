"""The pages of tips, leads and cases."""
