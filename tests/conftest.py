import os

# One thread: small networks run faster, and last digits do not depend on the machine's cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
