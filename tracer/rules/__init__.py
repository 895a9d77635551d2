"""Tables: kinds of quantities, activations, losses, and the rules that join them."""
