"""What packs are compiled into, kept between runs."""
