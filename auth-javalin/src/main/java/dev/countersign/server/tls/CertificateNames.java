package dev.countersign.server.tls;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * Whom a certificate is for.
 *
 * @param names its DNS names and IP addresses, in order
 * @param isSelfSigned whether no other authority issued it, so that clients have to be given the certificate itself
 */
public record CertificateNames(List<String> names, boolean isSelfSigned) {

    private static final int DNS = 2;
    private static final int IP = 7;

    /** Copies the list. */
    public CertificateNames {
        requireNonNull(names, "names");

        names = List.copyOf(names);
    }

    static CertificateNames of(List<X509Certificate> chain) {
        X509Certificate own = chain.get(0);
        return new CertificateNames(
                alternatives(own), own.getIssuerX500Principal().equals(own.getSubjectX500Principal()));
    }

    private static ImmutableList<String> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? ImmutableList.of()
                    : all.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS) || name.get(0).equals(IP))
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(ImmutableList.toImmutableList());
        } catch (CertificateParsingException unreadable) {
            return ImmutableList.of();
        }
    }
}
