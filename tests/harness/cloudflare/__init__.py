"""A Cloudflare account on loopback: what wrangler asks of the public API when it deploys and rolls back."""
