package dev.countersign.crypto.jjwt;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** Recognizes the supported elliptic curves. */
final class Curves {

    /** The JDK's name of P-256. */
    static final String P_256 = "secp256r1";

    /** The JDK's name of P-384. */
    static final String P_384 = "secp384r1";

    private Curves() {}

    static boolean isOn(String name, ECPublicKey key) {
        ECParameterSpec named = spec(name);
        ECParameterSpec curve = key.getParams();
        return curve.getCurve().equals(named.getCurve())
                && curve.getGenerator().equals(named.getGenerator())
                && curve.getOrder().equals(named.getOrder())
                && curve.getCofactor() == named.getCofactor();
    }

    private static ECParameterSpec spec(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java does not know the curve " + name, missing);
        }
    }
}
