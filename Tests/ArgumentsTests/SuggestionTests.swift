import Arguments
import Testing

struct SuggestionTests {
    @Test(arguments: [
        ("comit", "commit"), ("clnoe", "clone"), ("swich", "switch"), ("converrtt", "convert"),
        ("commit", "commit"),
        ("x", nil), ("", nil), ("nothing", nil), ("cabbage", nil),
    ])
    func `the closest candidate is suggested if it is close`(word: String, expected: String?) {
        #expect(closest(to: word, in: ["convert", "commit", "clone", "switch"]) == expected)
    }

    @Test func `what begins with the word is closer than any slip`() {
        #expect(closest(to: "out", in: ["opt", "output"]) == "output")
    }

    @Test func `fewer slips are closer`() {
        #expect(closest(to: "bottles", in: ["battled", "battles"]) == "battles")
    }

    @Test func `of equally close candidates the first is suggested`() {
        #expect(closest(to: "bat", in: ["rat", "cat"]) == "rat")
    }

    @Test func `a swap of neighbours is one slip`() {
        #expect(closest(to: "ab", in: ["ba"]) == "ba")
        #expect(closest(to: "abc", in: ["cba"]) == nil)
    }

    @Test(.timeLimit(.minutes(1))) func `a very long word is not compared with a short one`() {
        #expect(closest(to: String(repeating: "convert", count: 100_000), in: ["convert"]) == nil)
    }
}
