-- A table as a Flask application has it; hashes of Werkzeug 2.2.2 and 3.2.
CREATE TABLE "user" (id serial PRIMARY KEY, username varchar(64) UNIQUE, email varchar(120) UNIQUE, password_hash varchar(256));
INSERT INTO "user" VALUES
    (1, 'ada', 'ada@example.com', 'scrypt:32768:8:1$bK1t68zcuhL9jfgvkvWcyg$47caa5870fa11f8b6349cfc73fe0a8b1f26c3f463484f47781d34f2ad91f1e85fb0f618569051a5716a41e4938ef646db265c5e532359d457b27c9b4fb4461c5'),
    (2, 'grace', NULL, 'pbkdf2:sha256:260000$CCXa2qgMsDOU900k$a3c9875831b9287ba4e6026718ba060fb5db7c74e0352c73bccb07339b42fa25');
