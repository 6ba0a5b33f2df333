internal import Git
internal import Platform

/// What stands in `nbgit-workspace.toml`: never a secret, and nothing that leads out of the folder.
///
///     max_additional = 5                                      only where it is not 3
///
///     [[repository]]                                          the default
///     folder = "sales"
///     url = "https://git.example.com/team/sales.git"
///     connection = "sales"                                    where it was named by one
extension WorkspaceFolder {
    private enum Key: String, CaseIterable { case folder, url, connection }

    private static let mostKey = "max_additional"
    private static let listKey = "repository"

    // MARK: Reading

    /// Reads a workspace's file.
    ///
    /// - Throws: ``Failure`` with the line that cannot be.
    init(reading file: Path) throws(Failure) {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try File.read(file) } catch { throw Failure(error) }
        let document = try TOMLValue(document: bytes, at: file)
        self.init(path: file.parent, members: [], mostAdditional: Self.usualMostAdditional)
        for (key, value) in document.members ?? [] {
            do throws(Failure) { try take(key, value) } catch {
                var failure = error.located(value.line)
                failure.subject = .path(file)
                throw failure
            }
        }
    }

    private mutating func take(_ key: String, _ value: TOMLValue) throws(Failure) {
        switch (key, value.content) {
        case (Self.mostKey, .number(let text)):
            guard let number = Int(text), number >= 0 else {
                throw Failure("'\(key)' is \(text), not a number from 0 up")
            }
            mostAdditional = number
        case (Self.listKey, .array(let tables)):
            for table in tables {
                do throws(Failure) { members.append(try member(table)) } catch {
                    throw error.located(table.line)
                }
            }
        case (Self.mostKey, _):
            throw Failure("'\(key)' is \(value.phrase), not a number")
        case (Self.listKey, _):
            throw Failure(
                "'\(key)' is \(value.phrase), not a list of tables",
                hint: "write [[repository]] above the settings of each")
        default: throw Self.unknown(key, [Self.mostKey, Self.listKey])
        }
    }

    private static func unknown(_ key: String, _ known: [String]) -> Failure {
        var failure = Failure("there is no setting '\(Path(key).displayName)'")
        failure.unknownName = Failure.UnknownName(name: key, known: known)
        return failure
    }

    private func member(_ table: TOMLValue) throws(Failure) -> WorkspaceMember {
        var texts: [Key: String] = [:]
        for (name, value) in table.members ?? [] {
            do throws(Failure) { try Self.take(name, value, into: &texts) } catch {
                throw error.located(value.line)
            }
        }
        guard let folder = texts[.folder], let url = texts[.url] else {
            throw Failure("a repository needs 'folder' and 'url'")
        }
        let address = RemoteURL(url)
        guard !address.hasWebUser, !address.hasPassword else {
            throw Failure("the address names a user, or holds a password", hint: "leave that out")
        }
        if let connection = texts[.connection] { try Connection.check(name: connection) }
        let parts = folder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let outer = parts.count > 1 ? Path(parts[0]) : nil
        guard parts.allSatisfy(WorkspaceMember.isName),
            parts.count == 1 || parts.count == 2 && outer == main?.folder
        else {
            throw Failure(
                "'\(Path(folder).displayName)' can be no repository's folder here",
                hint: "write it as 'name', or as 'default/name' for one in the default's folder")
        }
        let member = WorkspaceMember(
            name: parts[parts.count - 1], inside: outer, url: address,
            connection: texts[.connection])
        guard !members.contains(where: { $0.name == member.name }) else {
            throw Failure("two repositories are called '\(Path(member.name).displayName)'")
        }
        return member
    }

    private static func take(
        _ name: String, _ value: TOMLValue, into texts: inout [Key: String]
    ) throws(Failure) {
        guard let key = Key(rawValue: name) else {
            throw unknown(name, Key.allCases.map(\.rawValue))
        }
        guard let text = value.string else {
            throw Failure("'\(name)' is \(value.phrase), not a text")
        }
        texts[key] = text
    }

    // MARK: Writing

    /// Writes it down; the folder is made where it is missing.
    public func write() throws(Failure) {
        var lines = ["# The repositories of this folder, as 'nbgit workspace' wrote them."]
        if mostAdditional != Self.usualMostAdditional {
            lines.append("\(Self.mostKey) = \(mostAdditional)")
        }
        for member in members {
            let settings = [
                (Key.folder, member.folder.string), (.url, member.address),
                (.connection, member.connection),
            ]
            lines += ["", "[[\(Self.listKey)]]"]
            lines += settings.compactMap { key, text in text.map { "\(key) = \($0.tomlQuoted)" } }
        }
        do throws(SystemError) {
            try Folder.create(path)
            _ = try File.replace(file, with: Array(lines.map { $0 + "\n" }.joined().utf8))
        } catch { throw Failure(error) }
    }

    /// Takes the file away: the folder is a workspace no more.
    public func unwrite() throws(Failure) {
        do throws(SystemError) { try File.remove(file) } catch { throw Failure(error) }
    }
}

extension WorkspaceMember {
    /// The address as it is written down; none has a password.
    fileprivate var address: String { url.withoutPassword }
}

extension Failure {
    /// The same with its line, unless that is known better.
    fileprivate func located(_ line: Int) -> Failure {
        var failure = self
        failure.line = failure.line ?? line
        return failure
    }
}
