@testable import Git
import Platform

extension Law {
    /// What is shown of an address has no password in it, and the server that is seen is the one in the address.
    static let address = Law("address") { input in
        let text = String(decoding: input, as: UTF8.self)
        let url = RemoteURL(text)
        let shown = RemoteURL(url.description)
        if url.hasPassword, url.withoutPassword == text { return "the password stayed" }
        if RemoteURL(url.withoutPassword).hasPassword, url.hasPassword {
            return "a password is left in '\(url.withoutPassword)'"
        }
        guard let address = ServerAddress(text) else { return nil }
        if address.hasPassword, !url.hasPassword { return "a password is not seen" }
        guard let again = Origin(RemoteURL("\(address.origin)/x")), again == address.origin else {
            return "'\(address.origin)' is read as another server"
        }
        if let shownOrigin = Origin(shown), shownOrigin != address.origin {
            return "'\(shown.description)' is another server"
        }
        return isPlain(address.origin.description) ? nil : "control characters in the origin"
    }

    /// What a helper answers cannot say more than it says, and goes to it again on a line of its own.
    static let credential = Law("credential") { input in
        let message = CredentialMessage(Secret(input))
        for key in ["username", "password", "host", "protocol", "quit"] {
            guard let value = message.value(key)?.disclosed() else { continue }
            guard !value.isEmpty, !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                return "'\(key)' is not on one line"
            }
        }
        let name = String(decoding: input, as: UTF8.self)
        let origin = Origin(scheme: .https, host: "example.com", port: 443)
        guard
            let question = try? CredentialMessage(CredentialRequest(origin: origin, username: name))
        else { return nil }
        let lines = question.text.disclosed().split(
            separator: "\n", omittingEmptySubsequences: false)
        return lines.count == 5 ? nil : "the user name made \(lines.count) lines"
    }

    /// What a server says to a person is shown without anything that acts on a terminal, all of it.
    static let serverText = Law("server-text") { input in
        var pieces = ServerText()
        var lines: [ServerText.Line] = []
        // In two pieces it says the same as in one.
        let middle = Int(input.first ?? 0) % (input.count + 1)
        lines += pieces.lines(in: input[..<middle]) + pieces.lines(in: input[middle...])
        lines += [pieces.lastLine()].compactMap(\.self)
        if lines.map(\.text) != ServerText.lines(input) { return "pieces are shown otherwise" }
        for line in lines where !isPlain(line.text) { return "'\(line.text)' acts" }
        let name = Path(bytes: input.filter { $0 != 0 }).displayName
        return isPlain(name) ? nil : "a name acts"
    }

    /// The head of an answer is read without harm, and has one end.
    static let httpHead = Law("http-head") { input in
        let lines = input.split(separator: .newline, omittingEmptySubsequences: false)
        guard let head = HTTPHead(lines.map(Array.init)) else { return nil }
        if case .counted(let count) = head.bodyEnd(), count < 0 { return "a negative length" }
        _ = head.isPersistent
        return isPlain(head.contentType.filter { !$0.isNewline }) || !head.contentType.isEmpty
            ? nil : "no kind of content"
    }

    /// Whether a text has nothing in it that acts on a terminal.
    static func isPlain(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(\.isVisible) }
}
