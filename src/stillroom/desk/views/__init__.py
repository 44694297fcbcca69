"""Views, one module for each room of the desk. They ask queries and actions, and decide nothing."""
