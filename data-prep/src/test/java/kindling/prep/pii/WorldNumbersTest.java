package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are the authorities' own examples where they print any, else made by the rule of the check digit. */
class WorldNumbersTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CA_SIN         | SIN 046 454 286               | 046 454 286",
                "CA_SIN         | NAS: 046454286                | 046454286",
                "MX_CURP        | CURP HEGG560427MVZRRL04.      | HEGG560427MVZRRL04",
                "BR_CPF         | 529.982.247-25                | 529.982.247-25",
                "BR_CPF         | CPF 52998224725               | 52998224725",
                "BR_CNPJ        | 11.222.333/0001-81            | 11.222.333/0001-81",
                "AR_CUIT        | 20-12345678-6                 | 20-12345678-6",
                "CL_RUT         | 12.345.678-5                  | 12.345.678-5",
                "CL_RUT         | RUT 12345670-K                | 12345670-K",
                "CN_RESIDENT_ID | 11010519491231002X            | 11010519491231002X",
                "CN_RESIDENT_ID | 身份证号440524188001010014。     | 440524188001010014",
                "HK_ID          | A123456(3)                    | A123456(3)",
                "HK_ID          | HKID A1234563                 | A1234563",
                "TW_ID          | A123456789                    | A123456789",
                "TW_ID          | 身分證字號：A123456789           | A123456789",
                "JP_MY_NUMBER   | マイナンバー 123456789018        | 123456789018",
                "JP_MY_NUMBER   | 個人番号 1234-5678-9018         | 1234-5678-9018",
                "KR_RRN         | 971013-9019902                | 971013-9019902",
                "KR_RRN         | 주민등록번호 201015-3123456       | 201015-3123456",
                "IN_AADHAAR     | Aadhaar 2341 2341 2346        | 2341 2341 2346",
                "IN_PAN         | PAN ABCPE1234F                | ABCPE1234F",
                "IN_VOTER       | voter id ABC1234567           | ABC1234567",
                "SG_NRIC        | S1234567D                     | S1234567D",
                "SG_NRIC        | f1234567n                     | f1234567n",
                "SG_NRIC        | M1234567K                     | M1234567K",
                "TH_ID          | 3-1005-57471-55-2             | 3-1005-57471-55-2",
                "IL_ID          | teudat zehut 123456782        | 123456782",
                "AU_TFN         | TFN 123 456 782               | 123 456 782",
                "AU_ABN         | 51 824 753 556                | 51 824 753 556",
                "AU_ACN         | ACN 004 085 616               | 004 085 616",
                "AU_MEDICARE    | Medicare 2123 45670 1         | 2123 45670 1",
                "NZ_IRD         | IRD 49-091-850                | 49-091-850",
                "NZ_IRD         | IRD number 136410132          | 136410132",
                "ZA_ID          | ID number 8001015009087       | 8001015009087",
                "ZA_ID          | 800101 5009 087               | 800101 5009 087",
            })
    void finds(String type, String text, String number) {
        assertThat(Findings.in(text, type)).containsExactly(type + ":" + number);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CA_SIN         | SIN 046 454 287",
                "CA_SIN         | SIN 846 454 281",
                "CA_SIN         | the sum of 046 454 286 francs",
                "MX_CURP        | HEGG560427MVZRRL05",
                "MX_CURP        | HEGG561327MVZRRL04",
                "MX_CURP        | HEGG560427MXXRRL04",
                "BR_CPF         | 529.982.247-26",
                "BR_CPF         | 111.111.111-11",
                "BR_CPF         | 52998224725",
                "BR_CNPJ        | 11.222.333/0001-82",
                "AR_CUIT        | 20-12345678-5",
                "AR_CUIT        | 99-12345678-6",
                "CL_RUT         | 12.345.678-6",
                "CL_RUT         | 12345670-K",
                "CN_RESIDENT_ID | 110105194912310021",
                "CN_RESIDENT_ID | 11010519491331002X",
                "CN_RESIDENT_ID | 10010519491231002X",
                "CN_RESIDENT_ID | 911010519491231002X",
                "HK_ID          | A123456(4)",
                "HK_ID          | A1234563",
                "TW_ID          | A123456788",
                "TW_ID          | A323456789",
                "JP_MY_NUMBER   | マイナンバー 123456789019",
                "JP_MY_NUMBER   | 123456789018",
                "KR_RRN         | 971313-9019902",
                "KR_RRN         | 201015-3123456",
                "IN_AADHAAR     | Aadhaar 2341 2341 2347",
                "IN_AADHAAR     | Aadhaar 1341 2341 2346",
                "IN_PAN         | PAN ABCXE1234F",
                "IN_VOTER       | ABC1234567",
                "SG_NRIC        | S1234567E",
                "SG_NRIC        | A1234567D",
                "TH_ID          | 3-1005-57471-55-7",
                "IL_ID          | teudat zehut 123456783",
                "AU_TFN         | TFN 123 456 783",
                "AU_ABN         | 51 824 753 557",
                "AU_ACN         | ACN 004 085 617",
                "AU_MEDICARE    | Medicare 2123 45680 1",
                "AU_MEDICARE    | Medicare 1123 45670 1",
                "NZ_IRD         | IRD 49-091-851",
                "NZ_IRD         | IRD 9-091-850",
                "ZA_ID          | ID number 8001015009088",
                "ZA_ID          | ID number 8013015009087",
            })
    void passesOverWhatOnlyLooksLikeOne(String type, String text) {
        assertThat(Findings.in(text, type)).isEmpty();
    }
}
