"""The roof of the house: settings, addresses, queue, navigation, search and the dashboard."""
