//! What people upload: checked by content, stored once by the hash of their bytes, outside the database.
