internal import Git
internal import Platform

/// The address of a connection: one that is whole, leads to a server or a folder, and names nobody.
public struct ConnectionAddress: Hashable, Sendable {
    /// The address.
    public let text: String

    /// Takes an address as a person or a file gives it.
    ///
    /// - Parameters:
    ///   - text: With white space around it, perhaps.
    ///   - stripsUser: Whether a user's name and a password in it are left out and not refused.
    /// - Throws: ``Failure`` with what is wrong with it, and with the right one where that can be known.
    public init(_ text: String, stripsUser: Bool = false) throws(Failure) {
        var text = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        guard !text.isEmpty else {
            throw Failure("the address is missing", hint: Self.example)
        }
        let address = RemoteURL(text)
        if let placeholder = Self.placeholder(in: address.withoutWebUser) {
            throw Failure(
                "the address has a placeholder in it: '\(Path(word: placeholder).displayName)'",
                hint: "put in what it stands for; \(Self.example)")
        }
        // What might be a password is shown by no message below.
        if address.hasWebUser {
            guard stripsUser else {
                throw Failure(
                    "the address names a user\(address.hasPassword ? ", or holds a password" : "")",
                    hint: "leave that out: \(address.withoutWebUser.printableASCII); or add "
                        + "'--strip-user'")
            }
            text = address.withoutWebUser
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.hasPrefix("-") else {
            throw Failure(
                "'\(Path(word: text).displayName)' is no address",
                hint: "\(Self.example); a space is %20")
        }
        do throws(GitError) { try RemoteURL(text).requireReachableFromEverywhere() } catch {
            throw Failure(error)
        }
        self.text = text
    }

    private static let example = "write it as https://example.com/team/project.git"

    /// What a text for copying leaves for the reader to fill in: `{github_url}`, `<org>`, `your-name`, `username`.
    private static func placeholder(in text: String) -> String? {
        if let marked = RemoteURL(text).placeholder { return marked }
        let parts = text.split { "/:@".contains($0) }
        return parts.first { part in
            let word = part.lowercased()
            let name = word.hasSuffix(".git") ? String(word.dropLast(4)) : word
            return word.contains("$") || word.hasPrefix("your-") || word.hasPrefix("your_")
                || word.hasPrefix("my-username") || names.contains(name)
                || word.allSatisfy { $0 == "." } && word.count > 2
        }.map(String.init)
    }

    private static let names = [
        "username", "user-name", "user_name", "yourname", "yourusername", "yourorg",
        "organization-name",
        "org-name", "repo-name", "repository-name", "my_user",
    ]
}

extension String {
    /// The text with what is not printable ASCII as `?`, for an address that is shown to be typed.
    var printableASCII: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? $0 : "?" }))
    }
}
