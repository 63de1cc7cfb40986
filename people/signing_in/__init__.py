"""Ways to sign in, and how long they last: password, codes, passkeys, the organisation."""
