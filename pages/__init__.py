"""What every page is made of: badges, lists, words for numbers and dates. Knows no model."""
