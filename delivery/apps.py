from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        autodiscover_modules("checks")
        # Doorbells listen for work from the moment every room is open.
        autodiscover_modules("tasks")
