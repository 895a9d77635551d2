"""Recurrent networks: layers of one time step, unrolled into layers for every time step."""
