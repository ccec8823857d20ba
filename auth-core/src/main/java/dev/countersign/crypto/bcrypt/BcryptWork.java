package dev.countersign.crypto.bcrypt;

/** What one bcrypt digest is computed of. The arrays are the caller's, who wipes them. */
final class BcryptWork {

    private final byte[] password;
    private final byte[] salt;
    private final int cost;

    /**
     * Keeps the arrays.
     *
     * @param password its bytes, at most 72, without the NUL character that bcrypt adds
     * @param salt 16 bytes
     * @param cost 4 to 30
     */
    BcryptWork(byte[] password, byte[] salt, int cost) {
        this.password = password;
        this.salt = salt;
        this.cost = cost;
    }

    byte[] password() {
        return password;
    }

    byte[] salt() {
        return salt;
    }

    int cost() {
        return cost;
    }
}
