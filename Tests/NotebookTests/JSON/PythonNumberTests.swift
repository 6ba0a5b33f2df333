@testable import Notebook
import Testing

@Suite struct PythonNumberTests {
    @Test(
        arguments: [
            ("0", "0"), ("-0", "0"), ("1", "1"), ("-12", "-12"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("1.50", "1.5"), ("1.0", "1.0"), ("-0.0", "-0.0"), ("1e3", "1000.0"),
            ("1E5", "100000.0"),
            ("1e15", "1000000000000000.0"), ("1e16", "1e+16"), ("-1e16", "-1e+16"),
            ("1e22", "1e+22"),
            ("1e100", "1e+100"), ("1.2e17", "1.2e+17"),
            ("123456789012345680.0", "1.2345678901234568e+17"),
            ("18014398509481984.0", "1.8014398509481984e+16"),
            ("9007199254740993.0", "9007199254740992.0"),
            ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("1e-7", "1e-07"), ("5e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"), ("0.1", "0.1"),
            ("123456.789", "123456.789"), ("1e400", "Infinity"), ("-1e400", "-Infinity"),
            ("1e-400", "0.0"),
            ("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"),
        ])
    func `numbers are printed as Python prints them`(text: String, printed: String) {
        #expect(PythonNumber(text).description == printed)
    }

    @Test(
        arguments: [
            ("1", true), ("-1", true), ("1.5", true), ("1e+16", true), ("1.50", false),
            ("1e16", false),
            ("010", false), ("+1", false), (".5", false), ("NaN", false), ("-0", false),
            ("", false),
            ("1 ", false), ("-", false),
        ])
    func `a number is canonical when Python would print it so`(text: String, isCanonical: Bool) {
        #expect(PythonNumber.isCanonical(text) == isCanonical)
    }
}
