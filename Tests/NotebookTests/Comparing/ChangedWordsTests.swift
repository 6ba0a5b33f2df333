import Notebook
import Testing

@Suite struct ChangedWordsTests {
    /// The changed words in brackets, line by line.
    private static func marked(_ old: String, _ new: String) throws -> [String] {
        let language = try #require(Languages.language(withExtension: ".py"))
        let difference = TextDiff(
            from: Array(old.utf8), to: Array(new.utf8), language: language)
        return difference.hunks.flatMap { hunk in
            zip(hunk.lines, hunk.changedWords).map { line, ranges in
                let (sign, bytes) =
                    switch line {
                    case .same(let bytes): (" ", bytes)
                    case .removed(let bytes): ("-", bytes)
                    case .added(let bytes): ("+", bytes)
                    }
                var text = bytes
                for range in ranges.reversed() {
                    text.insert(UInt8(ascii: "]"), at: range.upperBound)
                    text.insert(UInt8(ascii: "["), at: range.lowerBound)
                }
                return sign + String(decoding: text.filter { $0 != 0x0A }, as: UTF8.self)
            }
        }
    }

    @Test func `only the words that changed are pointed at`() throws {
        #expect(
            try Self.marked("total = sum(values)\n", "total = mean(values, 2)\n")
                == ["-total = [sum](values)", "+total = [mean](values[, 2])"])
    }

    @Test func `lines that have little in common are not taken apart`() throws {
        #expect(
            try Self.marked("import numpy\n", "plot(data)\n") == ["-import numpy", "+plot(data)"])
    }

    @Test func `a line that is only new or only gone has no changed words`() throws {
        #expect(try Self.marked("a\n", "a\nb\n") == [" a", "+b"])
        #expect(try Self.marked("a\nb\n", "a\n") == [" a", "-b"])
    }

    @Test func `words are found across the lines of a change`() throws {
        #expect(
            try Self.marked(
                "alpha = first\nbeta = second\n", "alpha = first, other\nbeta = third\n")
                == [
                    "-alpha = first", "-beta = [second]", "+alpha = first[, other]",
                    "+beta = [third]",
                ])
    }

    @Test func `letters beyond ASCII are parts of words`() throws {
        #expect(
            try Self.marked("größe = breite\n", "größe = höhe * breite\n")
                == ["-größe = breite", "+größe = [höhe * ]breite"])
    }
}
