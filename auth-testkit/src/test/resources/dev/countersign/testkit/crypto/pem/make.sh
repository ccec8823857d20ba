#!/bin/sh
# Makes the keys and tokens of this folder with OpenSSL 3.0. They are for tests only: everybody knows them.
set -e
cd "$(dirname "$0")"
b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-pkcs8.pem
openssl rsa -in rsa-pkcs8.pem -traditional -out rsa-pkcs1.pem
openssl rsa -in rsa-pkcs8.pem -pubout -out rsa-spki.pem
openssl rsa -in rsa-pkcs8.pem -RSAPublicKey_out -out rsa-pkcs1-public.pem
openssl req -x509 -key rsa-pkcs8.pem -subj /CN=old.example.com -days 36500 -out rsa-certificate.pem
openssl pkcs8 -topk8 -in rsa-pkcs8.pem -passout pass:secret -out rsa-encrypted-pkcs8.pem
openssl rsa -in rsa-pkcs8.pem -traditional -aes128 -passout pass:secret -out rsa-encrypted-pkcs1.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa-1024-pkcs8.pem
for curve in prime256v1 secp384r1 secp521r1; do
  openssl ecparam -name $curve -genkey -out ec-$curve-sec1.pem
  openssl pkcs8 -topk8 -nocrypt -in ec-$curve-sec1.pem -out ec-$curve-pkcs8.pem
  openssl ec -in ec-$curve-sec1.pem -pubout -out ec-$curve-spki.pem
done
for type in ed25519 ed448 x25519; do
  openssl genpkey -algorithm $type -out $type-pkcs8.pem
  openssl pkey -in $type-pkcs8.pem -pubout -out $type-spki.pem
done

token() { # file, algorithm, command that signs standard input
  input="$(printf '{"alg":"%s"}' "$2" | b64).$(printf '{"sub":"7","iss":"openssl"}' | b64)"
  printf %s "$input" > input.tmp
  printf '%s.%s\n' "$input" "$($3 | b64)" > "$1"
  rm input.tmp
}
rs256() { openssl dgst -sha256 -sign rsa-pkcs8.pem input.tmp; }
ps256() { openssl dgst -sha256 -sign rsa-pkcs8.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest input.tmp; }
eddsa() { openssl pkeyutl -sign -inkey ed25519-pkcs8.pem -rawin -in input.tmp; }
token rs256.jwt RS256 rs256
token ps256.jwt PS256 ps256
token eddsa.jwt EdDSA eddsa
