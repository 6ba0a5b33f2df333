internal import Platform

/// What an http or https address says of the server, taken apart so that no reader can see another server in it.
///
/// Anything that one program reads as one host and another program as another is not read at all: a second `@`,
/// a backslash, white space, control characters, percent signs in the host.
///
/// Follows RFC 3986, 3.2, and credential_from_url_gently in credential.c.
struct ServerAddress {
    let origin: Origin
    /// The user's name, decoded; nil where there is none.
    let username: String?
    let hasPassword: Bool
    /// What stands behind the slash that ends the host, without a query; not decoded.
    let path: String

    /// Takes an address apart; nil where it is of another scheme, or of a doubtful form.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[colon...].starts(with: "://".utf8),
            let scheme = Origin.Scheme(
                rawValue: String(decoding: bytes[..<colon], as: UTF8.self).lowercased())
        else { return nil }
        let rest = bytes[(colon + 3)...]
        let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        let parts = rest[..<end].split(
            separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let place = parts.last,
            let (host, port) = Self.hostAndPort(place, scheme)
        else { return nil }
        origin = Origin(scheme: scheme, host: host, port: port)
        let user = parts.count == 2 ? parts[0] : []
        let mark = user.firstIndex(of: UInt8(ascii: ":"))
        hasPassword = mark != nil
        guard let name = Self.decoded(user[..<(mark ?? user.endIndex)]) else { return nil }
        username = name.isEmpty ? nil : name
        let path = rest[end...].drop { $0 == UInt8(ascii: "/") }
        self.path = String(
            decoding: path.prefix { !"?#".utf8.contains($0) }, as: UTF8.self)
    }

    /// The host in small letters, an IPv6 address in its brackets, and the port, that of the scheme where none is given.
    private static func hostAndPort(
        _ place: ArraySlice<UInt8>, _ scheme: Origin.Scheme
    ) -> (host: String, port: UInt16)? {
        var host = place
        if place.first == UInt8(ascii: "[") {
            guard let bracket = place.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = place[...bracket]
            let inner = host.dropFirst().dropLast()
            guard inner.contains(UInt8(ascii: ":")),
                inner.allSatisfy({
                    isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
                })
            else { return nil }
        } else {
            host = place.prefix { $0 != UInt8(ascii: ":") }
            guard !host.isEmpty, host.first != UInt8(ascii: "-"), host.allSatisfy(isOfName) else {
                return nil
            }
        }
        let name = String(decoding: host, as: UTF8.self).lowercased()
        let rest = place[host.endIndex...]
        // A colon with nothing behind it means the usual port.
        guard rest.count > 1 else {
            return rest.isEmpty || rest.first == UInt8(ascii: ":") ? (name, scheme.port) : nil
        }
        let digits = rest.dropFirst()
        guard rest.first == UInt8(ascii: ":"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
        else { return nil }
        return (name, port)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        UInt8(String(decoding: [byte], as: UTF8.self), radix: 16) != nil
    }

    /// The text with `%41` and such replaced; nil where that gives control characters or no UTF-8.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard rest.count >= 2, rest.prefix(2).allSatisfy(isHexadecimal),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            decoded.append(value)
            rest.removeFirst(2)
        }
        guard decoded.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(utf8: decoded.span)
    }
}
