package dev.countersign.crypto.bcrypt;

/**
 * What one bcrypt digest is computed of.
 *
 * @param password its bytes, at most 72, without the NUL character that bcrypt adds
 * @param salt 16 bytes
 * @param cost 4 to 30
 */
record BcryptWork(byte[] password, byte[] salt, int cost) {}
