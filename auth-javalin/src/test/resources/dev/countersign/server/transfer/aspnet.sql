-- The table of ASP.NET Core Identity on PostgreSQL (Npgsql), and hashes of its PasswordHasher.
CREATE TABLE "AspNetUsers" (
    "Id" text PRIMARY KEY, "UserName" varchar(256), "NormalizedUserName" varchar(256), "Email" varchar(256), "NormalizedEmail" varchar(256),
    "EmailConfirmed" boolean NOT NULL, "PasswordHash" text, "SecurityStamp" text, "ConcurrencyStamp" text, "PhoneNumber" text,
    "PhoneNumberConfirmed" boolean NOT NULL, "TwoFactorEnabled" boolean NOT NULL, "LockoutEnd" timestamp with time zone,
    "LockoutEnabled" boolean NOT NULL, "AccessFailedCount" integer NOT NULL);
INSERT INTO "AspNetUsers" ("Id", "UserName", "Email", "EmailConfirmed", "PasswordHash", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount") VALUES
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0001', 'ada@example.com', 'ada@example.com', true, 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==', false, false, true, 0),
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0002', 'grace', 'grace@example.com', true, 'ANXrDknc7fGPpigibZXXZFMX4aoqz44JveK6jQuwY3eH/UyPhvr5xTPeGYEckLxz9A==', false, false, true, 0),
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0003', 'by-google', NULL, true, NULL, false, false, true, 0);
