"""What every API of the portal is made of: ``bases``, ``pages``, ``problems``.

Nothing is imported here: REST framework loads ``pages`` while its own views are still loading.
"""
