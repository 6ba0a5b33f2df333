public import Git
public import Platform

/// What a person has agreed to: a secret that a team's file names, and servers beside a connection's own.
extension Connections {
    /// Whether the secret of a connection may be looked for: it is the person's own, or they have agreed to it.
    public func isTrusted(_ connection: Connection) -> Bool {
        guard connection.scope == .team, let secret = connection.secret else { return true }
        switch secret {
        case .none, .named: return true
        case .file, .variable, .command, .shell: break
        }
        return (personal[connection.name] ?? []).contains {
            Self.parts(of: $0)?.key == Self.trustKey && $0.value == Self.agreement(connection)
        }
    }

    /// Remembers that the person agrees to what a team's file says of a secret.
    ///
    /// - Returns: The file.
    /// - Throws: ``Failure`` where it cannot be written.
    public func trust(_ connection: Connection) throws(Failure) -> Path? {
        guard !isTrusted(connection) else { return nil }
        do throws(GitError) {
            return try configuration.changePersonal(
                [(Self.section, connection.name, [])],
                adding: (Self.trustKey, Self.agreement(connection)))
        } catch { throw Failure(error) }
    }

    /// The servers beside its own that may see the secret of a connection.
    public func otherOrigins(of connection: Connection) -> Set<Origin> {
        let values = (personal[connection.name] ?? []).filter {
            Self.parts(of: $0)?.key == Self.hostKey.lowercased()
        }
        return Set(values.compactMap { Origin(RemoteURL($0.value)) })
    }

    /// Remembers that another server may see the secret of a connection, too.
    public func allow(
        _ origin: Origin, toSeeSecretOf connection: Connection
    ) throws(Failure) {
        guard origin != connection.origin, !otherOrigins(of: connection).contains(origin) else {
            return
        }
        do throws(GitError) {
            _ = try configuration.changePersonal(
                [(Self.section, connection.name, [])], adding: (Self.hostKey, "\(origin)"))
        } catch { throw Failure(error) }
    }

    func forgetAgreements(on name: String) throws(Failure) {
        let isAgreed = (personal[name] ?? []).contains {
            Self.otherKeys.contains(Self.parts(of: $0)?.key ?? "")
        }
        guard isAgreed else { return }
        do throws(GitError) {
            _ = try configuration.changePersonal([
                (Self.section, name, [(Self.trustKey, nil), (Self.hostKey, nil)])
            ])
        } catch { throw Failure(error) }
    }

    /// The server and the secret that it may see.
    private static func agreement(_ connection: Connection) -> String {
        "\(connection.origin.map { "\($0)" } ?? connection.url) \(connection.secret?.text ?? "none")"
    }
}
