import logging


class MaskSecrets(logging.Filter):
    pass
