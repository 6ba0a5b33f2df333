internal import Git
internal import Platform

/// Where a secret is, which is not the secret: `file:<path>`, `env:<NAME>`, `cmd:<command>`, `sh:<line>`, `none`, or
/// the name that a platform knows it by.
public enum SecretReference: Hashable, Sendable {
    /// There is none to be had, and none is needed.
    case none
    /// A file: absolute, below `~/`, or seen from the folder of the `nbgit.toml` that names it.
    case file(String)
    /// A variable of the environment.
    case variable(String)
    /// A program and its arguments, taken apart like words of a shell but run without one.
    case command(String)
    /// A line for the shell.
    case shell(String)
    /// The name of a secret of a platform, which only the platform can tell.
    case named(String)

    /// Reads a reference.
    ///
    /// - Throws: ``Failure``, which quotes nothing that could be a secret itself.
    public init(_ text: String) throws(Failure) {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Failure("the reference to a secret has a control character in it")
        }
        if text == "none" {
            self = .none
            return
        }
        if let region = Self.region(ofARN: text) {
            self = .secretsManager(text, region: region)
            return
        }
        guard let colon = text.firstIndex(of: ":") else { throw Self.notAReference }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "file": self = .file(try Self.filled(rest, "file:<path>"))
        case "env":
            let name = try Self.filled(rest, "env:<NAME>")
            guard Self.isVariable(name) else {
                throw Failure(
                    "'env:' is followed by the name of a variable, and this is none",
                    hint: "write it as env:SALES_TOKEN, with letters, digits and underscores")
            }
            self = .variable(name)
        case "cmd": self = .command(try Self.command(rest))
        case "sh": self = .shell(try Self.filled(rest, "sh:<line>"))
        case "name": self = .named(try Self.filled(rest, "name:<name>"))
        default: throw Self.notAReference
        }
    }

    /// How it is written.
    public var text: String {
        switch self {
        case .none: "none"
        case .file(let path): "file:\(path)"
        case .variable(let name): "env:\(name)"
        case .command(let line): "cmd:\(line)"
        case .shell(let line): "sh:\(line)"
        case .named(let name): "name:\(name)"
        }
    }

    // MARK: Reading

    private static let notAReference = Failure(
        "a secret is not written here, but where it is",
        hint: "write file:<path>, env:<NAME>, cmd:<command>, sh:<line> or none")

    private static func filled(_ text: String, _ form: String) throws(Failure) -> String {
        guard text.contains(where: { $0 != " " }) else {
            throw Failure("the reference to a secret stops in the middle", hint: "write \(form)")
        }
        return text
    }

    private static func isVariable(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == UInt8(ascii: "_")
        }
        return isPlain && name.first?.isNumber == false
    }

    private static func command(_ line: String) throws(Failure) -> String {
        let line = try filled(line, "cmd:<command>")
        guard let words = CommandWords(line)?.words, words.first?.isEmpty == false else {
            throw Failure("the command of 'cmd:' has a quote that is not closed")
        }
        let signs = ["|", "||", "&", "&&", ";", ">", ">>", "<", "2>/dev/null"]
        if let sign = words.first(where: { signs.contains(String(decoding: $0, as: UTF8.self)) }) {
            throw Failure(
                "'cmd:' runs a program without a shell, and '\(String(decoding: sign, as: UTF8.self))' is for one",
                hint: "write 'sh:' in place of 'cmd:' to have a shell run it")
        }
        return line
    }

    // MARK: AWS Secrets Manager

    /// The command that asks AWS Secrets Manager for a secret.
    static func secretsManager(_ identifier: String, region: String) -> SecretReference {
        .command(managerCommand + identifier + " --region " + region)
    }

    private static let managerCommand =
        "aws secretsmanager get-secret-value --output json --secret-id "

    /// The name of the secret that ``secretsManager(_:region:)`` was made of; nil for any other reference.
    var arn: String? {
        guard case .command(let line) = self, line.hasPrefix(Self.managerCommand) else {
            return nil
        }
        let words = line.dropFirst(Self.managerCommand.count).split(separator: " ")
        guard let name = words.first.map(String.init), let region = Self.region(ofARN: name),
            self == .secretsManager(name, region: region)
        else { return nil }
        return name
    }

    /// The fourth part of `arn:aws:secretsmanager:us-east-2:012345678901:secret:my-secret-ABc0DE`.
    private static func region(ofARN text: String) -> String? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy {
            (0x30...0x3A).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || "-_/+=.@!".utf8.contains($0)
        }
        guard parts.count == 7, parts[0] == "arn", parts[1].hasPrefix("aws"),
            parts[2] == "secretsmanager", parts[5] == "secret", !parts[3].isEmpty, isPlain
        else { return nil }
        return String(parts[3])
    }
}
