package kindling.prep.pii;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Addresses and keys of cryptocurrencies whose check is right: {@link Base58Check} (Bitcoin, Litecoin, Dogecoin, Dash, Zcash, Tron, Ripple),
 * {@link Bech32} (Bitcoin, Litecoin, Cardano, Cosmos), and Ethereum's 40 hexadecimal digits, whose check is which letters are capitals (EIP-55).
 */
final class CryptoRecognizer implements Recognizer {
    static final String TYPE = "CRYPTO";

    private static final int MIN_LENGTH = 25;
    /** Extended keys (Bitcoin improvement proposal 32) have 111 characters. */
    private static final int MAX_LENGTH = 112;
    /** What addresses and private keys start with, by their version byte: 1 3 2 m n 5 K L c 9 Bitcoin, L M Litecoin, D A 9 Dogecoin, X 7 Dash, t Zcash, T Tron, r Ripple, x extended. */
    private static final String BASE_58_STARTS = "132mn5KLc9MDAX7tTrx";

    private static final String[] BECH_32_STARTS = {"bc1", "tb1", "bcrt1", "ltc1", "addr1", "stake1", "cosmos1", "lnbc1"
    };
    private static final int ETHEREUM_DIGITS = 40;

    private static final double SURE = 1.0;
    private static final double UNCHECKED = 0.35;
    private static final double UNCHECKED_WITH_CONTEXT = 0.75;
    private static final Set<String> WORDS = Set.of(
            "ethereum",
            "eth",
            "ether",
            "wallet",
            "address",
            "erc",
            "token",
            "tokens",
            "contract",
            "metamask",
            "usdt",
            "usdc",
            "crypto",
            "adresse",
            "portefeuille",
            "geldbörse");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        LongRuns.find(text, MIN_LENGTH, CryptoRecognizer::isAlphanumeric, (start, end) -> {
            boolean whole = !Context.isWordAt(text, start - 1) && !Context.isWordAt(text, end);
            if (whole && end - start <= MAX_LENGTH) {
                judge(text, start, end, found);
            }
        });
    }

    /** Of Ethereum's the capitals do not count. */
    @Override
    public String canonical(String value) {
        return value.startsWith("0x") ? value.toLowerCase(Locale.ROOT) : value;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static void judge(String text, int start, int end, Found found) {
        String token = text.substring(start, end);
        if (isEthereum(token)) {
            String digits = token.substring(2);
            boolean oneCase =
                    digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
            if (oneCase) {
                found.add(TYPE, start, end, Context.before(text, start, 4, WORDS) ? UNCHECKED_WITH_CONTEXT : UNCHECKED);
            } else if (hasRightCapitals(digits)) {
                found.add(TYPE, start, end, SURE);
            }
        } else if (isBech32(token) || (BASE_58_STARTS.indexOf(token.charAt(0)) >= 0 && Base58Check.isValid(token))) {
            found.add(TYPE, start, end, SURE);
        }
    }

    private static boolean isBech32(String token) {
        for (String start : BECH_32_STARTS) {
            if (token.regionMatches(true, 0, start, 0, start.length())) {
                return Bech32.isValid(token);
            }
        }
        return false;
    }

    private static boolean isEthereum(String token) {
        return token.length() == 2 + ETHEREUM_DIGITS
                && token.startsWith("0x")
                && token.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /** A letter is a capital where the hash of the lower-case digits has a digit of 8 or more. */
    private static boolean hasRightCapitals(String digits) {
        byte[] hash = Keccak256.of(digits.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < digits.length(); i++) {
            int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
            char c = digits.charAt(i);
            if (Character.isLetter(c) && Character.isUpperCase(c) != nibble >= 8) {
                return false;
            }
        }
        return true;
    }
}
