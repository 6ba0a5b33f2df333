/// The author of the commit that a rebase stopped at, as lines of a shell script.
///
/// Follows `write_author_script` and `read_author_script` of git's sequencer.c.
enum AuthorScript {
    /// Writes the script.
    static func bytes(_ author: Signature) -> [UInt8] {
        line("GIT_AUTHOR_NAME", author.name) + line("GIT_AUTHOR_EMAIL", author.email)
            + line(
                "GIT_AUTHOR_DATE",
                Array("@\(author.moment.seconds) \(author.moment.zone)".utf8))
    }

    /// Reads it; nil where it is none.
    static func author(_ script: [UInt8]) -> Signature? {
        var values: [String: [UInt8]] = [:]
        for line in script.split(separator: .newline) {
            guard let sign = line.firstIndex(of: UInt8(ascii: "=")),
                let value = unquoted(line[(sign + 1)...])
            else { return nil }
            values[String(decoding: line[..<sign], as: UTF8.self)] = value
        }
        guard let name = values["GIT_AUTHOR_NAME"], let email = values["GIT_AUTHOR_EMAIL"],
            let date = values["GIT_AUTHOR_DATE"], date.first == UInt8(ascii: "@")
        else { return nil }
        let line =
            name + Array(" <".utf8) + email + Array("> ".utf8) + date.dropFirst()
        return Signature(line: line)
    }

    private static let quote = UInt8(ascii: "'")

    private static func line(_ name: String, _ value: [UInt8]) -> [UInt8] {
        let quoted = value.flatMap { $0 == quote ? Array("'\\''".utf8) : [$0] }
        return Array("\(name)=".utf8) + [quote] + quoted + [quote, .newline]
    }

    /// What a shell would make of a word in single quotes, with backslashes outside of them.
    private static func unquoted(_ word: some Sequence<UInt8>) -> [UInt8]? {
        var value: [UInt8] = []
        var (isQuoted, isEscaped) = (false, false)
        for byte in word {
            switch byte {
            case _ where isEscaped:
                value.append(byte)
                isEscaped = false
            case quote: isQuoted.toggle()
            case UInt8(ascii: "\\") where !isQuoted: isEscaped = true
            default: value.append(byte)
            }
        }
        return isQuoted || isEscaped ? nil : value
    }
}
