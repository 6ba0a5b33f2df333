import Platform
import Testing
import Workspace

@Suite struct SecretContentTests {
    @Test(
        arguments: [
            ("tok-1", nil, "tok-1"), (" tok-1\r\n", nil, "tok-1"), ("ada:tok-1\n", "ada", "tok-1"),
            ("ada:tok:1", "ada", "tok:1"),
            (#"{"username": "ada", "password": "tok-1"}"#, "ada", "tok-1"),
            (#" {"password":"tok-1"} "#, nil, "tok-1"),
            (
                #"{"password":"t\u006fk\/\"\\1","x":1.5e3,"y":null,"z":[],"w":["a","b"]}"#, nil,
                #"tok/"\1"#
            ),
            (#"{"password":"old","password":"tok-1"}"#, nil, "tok-1"),
            (#"{"SecretString":"tok-1"}"#, nil, "tok-1"),
            (#"{"SecretString":"ada:tok-1","VersionStages":["AWSCURRENT"]}"#, "ada", "tok-1"),
            (
                #"{"VersionStages":["X","AWSCURRENT"],"SecretString":"{\"username\":\"ada\",\"password\":\"tok-1\"}"}"#,
                "ada", "tok-1"
            ),
        ] as [(String, String?, String)])
    func `a secret is read in every form`(text: String, username: String?, token: String) throws {
        let content = try SecretContent(Secret(Array(text.utf8)))
        #expect(content.username == username)
        #expect(content.secret.disclosed() == token)
        #expect(content.isInEnvelope == text.contains("SecretString"))
    }

    @Test(arguments: [
        ("", SecretContentError.notUsable(.empty)), ("a\nb", .notUsable(.manyLines)),
        ("töken", .notUsable(.unprintable)), (":tok", .missing("username")),
        ("ada:", .notUsable(.empty)), ("{}", .missing("password")), ("{", .notJSON(byte: 2)),
        (#"{"password":1}"#, .missing("password")), (#"{"password":tok-1}"#, .notJSON(byte: 13)),
        (#"{"password":"x"} x"#, .notJSON(byte: 18)),
        (#"{"password":"x""#, .notJSON(byte: 16)), (#"{"password":"\x"}"#, .notJSON(byte: 14)),
        (#"{"password":"\u00"}"#, .notJSON(byte: 14)), (#"{"password":"\n"}"#, .notUsable(.empty)),
        (#"{"password":"a\u0000b"}"#, .notUsable(.unprintable)),
        (#"{"username":"","password":"x"}"#, .notUsable(.empty)),
        (#"{"SecretString":"x","VersionStages":["AWSPREVIOUS"]}"#, .notCurrent),
        (#"{"SecretString":"{\"SecretString\":\"x\"}"}"#, .nested),
    ]) func `what is no secret is refused without being quoted`(
        text: String, expected: SecretContentError
    ) {
        #expect(throws: expected) { try SecretContent(Secret(Array(text.utf8))) }
    }
}
