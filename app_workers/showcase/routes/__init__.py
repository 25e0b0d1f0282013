"""Which handler answers which address, and who may ask."""

from app_workers.showcase.permissions import REVIEW, VIEW
from app_workers.showcase.routes.catalogue import get_catalogue_page, get_component, get_components
from app_workers.showcase.routes.components import get_component_page, get_portrait
from app_workers.showcase.routes.live import get_live
from app_workers.showcase.routes.patterns import get_pattern_page, get_patterns_page, post_pattern
from app_workers.showcase.routes.playground import get_playground_page, post_render
from app_workers.showcase.routes.recording import get_review_page, post_review, post_review_form
from app_workers.showcase.routes.reviews import get_reviews, get_reviews_csv, get_reviews_page
from app_workers.showcase.routes.tokens import get_contrast, get_tokens, get_tokens_page
from ganger.ratelimit import Tier
from ganger.reference import reference_routes
from ganger.routing import Route

ROUTES = (
    Route("GET", "/", get_catalogue_page, VIEW),
    Route("GET", "/c/{slug}", get_component_page, VIEW),
    Route("GET", "/c/{slug}/play", get_playground_page, VIEW, Tier.COMPUTE),
    Route("GET", "/c/{slug}/review", get_review_page, REVIEW),
    Route("POST", "/c/{slug}/review", post_review_form, REVIEW),
    Route("GET", "/portrait.svg", get_portrait, VIEW),
    Route("GET", "/tokens", get_tokens_page, VIEW),
    Route("GET", "/patterns", get_patterns_page, VIEW),
    Route("GET", "/patterns/{slug}", get_pattern_page, VIEW),
    Route("POST", "/patterns/{slug}", post_pattern, VIEW),
    Route("GET", "/reviews", get_reviews_page, VIEW),
    Route("GET", "/reviews/csv", get_reviews_csv, VIEW, Tier.EXPORT),
    Route("GET", "/live/{topic}", get_live, VIEW),
    Route("GET", "/api/v1/components", get_components, VIEW),
    Route("GET", "/api/v1/components/{slug}", get_component, VIEW),
    Route("POST", "/api/v1/render", post_render, VIEW, Tier.COMPUTE),
    Route("GET", "/api/v1/contrast", get_contrast, VIEW),
    Route("GET", "/api/v1/tokens", get_tokens, VIEW),
    Route("GET", "/api/v1/reviews", get_reviews, VIEW),
    Route("POST", "/api/v1/reviews", post_review, REVIEW),
    *reference_routes(VIEW),
)
