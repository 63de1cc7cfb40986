from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules

from delivery.search.folding import teach


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        autodiscover_modules("checks")
        connection_created.connect(teach, dispatch_uid="delivery.search.folding")
        # Doorbells listen for work from the moment every room is open.
        autodiscover_modules("tasks")
