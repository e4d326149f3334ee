import Vocabulary

@testable import Web

/// Applying, checking the answers, and following the case.
extension Gallery {
    private var steps: [Step] {
        [
            Step(t("选择情形", "Situation"), href: "/drafts/1/situation"),
            Step(t("填写信息", "Your answers"), href: "/drafts/1/form"),
            Step(t("提交材料", "Papers")), Step(t("送达方式", "Delivery")), Step(t("核对提交", "Check and send")),
        ]
    }

    func apply() -> HTML {
        let errors = [
            FieldError(
                "phone", t("联系电话应为 11 位手机号码，您填写了 10 位，请补全", "The phone number has 10 digits; please give all 11")),
            FieldError("area", t("请填写经营面积，只填数字，例如 86", "Please give the floor area in digits, such as 86")),
        ]
        return portal("/drafts/1/form").page(t("填写信息", "Your answers"), hasErrors: true) { html in
            html.reading { html in
                html.back("/drafts/1/situation")
                html.steps(steps, current: 1)
                html.errorSummary(errors)
                html.title(t("填写信息", "Your answers"), over: t("食品经营许可（新办）", "Food business licence (new)"))
                html.form("/drafts/1/form", Self.tokens, autosave: "/drafts/1/autosave") { html in
                    html.field(
                        Field(
                            "name", t("经营者名称", "Name of the business"), .text(max: 100),
                            answer: Answer(
                                t("福州闽江小馆餐饮有限公司（演示）", "Fuzhou Minjiang Kitchen Ltd (demonstration)"),
                                origin: t("营业执照（电子证照库）", "business licence (certificate library)"))
                        ).with { $0.isLocked = true })
                    html.field(
                        Field(
                            "phone", t("联系电话", "Phone"), .phone, answer: Answer("1385000000", error: errors[0].sentence)
                        ))
                    html.field(
                        Field(
                            "area", t("经营面积（平方米）", "Floor area (square metres)"), .integer(1...100_000),
                            answer: Answer(t("八十六", "eighty-six"), error: errors[1].sentence)))
                    html.field(
                        Field(
                            "form", t("主体业态", "Kind of business"),
                            .choice([
                                Option("sales", t("食品销售经营者", "Food seller")),
                                Option(
                                    "catering", t("餐饮服务经营者", "Catering"),
                                    hint: t("餐馆、快餐店、小吃店、饮品店", "Restaurants, snack and drink shops")),
                                Option(
                                    "canteen", t("单位食堂", "Canteen"),
                                    hint: t("学校、企业、养老机构的食堂", "Of schools, firms, care homes")),
                            ]), answer: Answer("catering")))
                    html.buttons { html in
                        html.button(t("保存并继续", "Save and continue"))
                        html.buttonLink(t("保存，以后再办", "Save for later"), "/dossiers", .quiet)
                    }
                }
            }
        }
    }

    /// Every kind of field, filled and with its help.
    func kinds() -> HTML {
        let few = [
            Option("a", t("热食类制售", "Hot food")), Option("b", t("冷食类制售", "Cold food")), Option("c", t("自制饮品", "Drinks")),
        ]
        return portal("/drafts/2/form").page(t("全部字段", "All fields")) { html in
            html.reading { html in
                html.title(t("全部字段", "All fields"))
                html.form("/drafts/2/form", Self.tokens, hasFiles: true) { html in
                    html.field(
                        Field(
                            "text", t("店招名称", "Shop name"), .text(max: 60),
                            answer: Answer(t("\"<闽江>\" & '小馆'", "\"<Minjiang>\" & 'Co'"))))
                    html.field(Field("note", t("补充说明", "Remarks"), .multiline(max: 500)).with { $0.isOptional = true })
                    html.field(Field("start", t("计划开业日期", "Opening day"), .date, answer: Answer("2026-12-24")))
                    html.field(Field("kinds", t("经营项目", "What is sold"), .choices(few), answer: Answer("a", "c")))
                    html.field(Field("list", t("所在区县", "District"), .list(few), answer: Answer("b")))
                    html.field(Field("citizen", t("身份证号码", "Identity card"), .citizenID))
                    html.field(Field("credit", t("统一社会信用代码", "Social credit code"), .creditCode))
                    html.field(Field("address", t("经营场所地址", "Address"), .address))
                    html.field(
                        Field(
                            "online", t("是否从事网络经营", "Sells online?"), .yesNo,
                            answer: Answer(error: t("请选择是或否", "Please choose yes or no"))))
                    html.field(Field("capital", t("注册资本（元）", "Capital (yuan)"), .money, answer: Answer("50000.00")))
                    html.field(
                        Field(
                            "plan", t("平面布局图", "Floor plan"),
                            .files(
                                [".pdf", ".jpg", ".png"], max: 3,
                                kept: [
                                    KeptFile(
                                        id: "7", link: PageLink(t("一层平面图.pdf", "ground-floor.pdf"), "/files/7"),
                                        bytes: 2_570_000)
                                ])))
                    html.field(
                        Field(
                            "promise", t("告知承诺", "Declaration"),
                            .consent(
                                t(
                                    "我已知晓许可条件，承诺所填内容真实，愿承担不实承诺的法律责任。",
                                    "I know the conditions and declare that my answers are true."))))
                    html.button(t("继续", "Continue"))
                }
            }
        }
    }

    func check() -> HTML {
        portal("/drafts/1/check").page(t("核对并提交", "Check and send")) { html in
            html.reading { html in
                html.back("/drafts/1/delivery")
                html.steps(steps.map { Step($0.name, href: "/drafts/1") }, current: 4)
                html.title(t("提交前请核对", "Check before you send"), over: t("食品经营许可（新办）", "Food business licence (new)"))
                html.heading(t("经营者", "Business"))
                html.summary([
                    SummaryRow(
                        t("名称", "Name"), t("福州闽江小馆餐饮有限公司（演示）", "Fuzhou Minjiang Kitchen Ltd (demonstration)"),
                        note: t("来自营业执照", "from the business licence")),
                    SummaryRow(t("联系电话", "Phone"), "138****0001", change: "/drafts/1/form#field-phone"),
                    SummaryRow(
                        t("经营面积", "Floor area"), t("86 平方米", "86 square metres"), change: "/drafts/1/form#field-area"),
                    SummaryRow(t("补充说明", "Remarks"), "", change: "/drafts/1/form#field-note"),
                ])
                html.heading(t("材料", "Papers"))
                html.summary([
                    SummaryRow(t("营业执照", "Business licence"), t("电子证照，无需提交", "Held; nothing to hand in")),
                    SummaryRow(
                        t("平面布局图", "Floor plan"), t("一层平面图.pdf", "ground-floor.pdf"), change: "/drafts/1/papers"),
                ])
                html.heading(t("送达方式", "Delivery"))
                html.summary([
                    SummaryRow(
                        t("结果送达", "Result"), t("电子证照（一趟不用跑）", "Electronic certificate (no trip)"),
                        change: "/drafts/1/delivery")
                ])
                html.form("/drafts/1/submission", Self.tokens) { html in
                    html.banner(.information, t("提交即为送达受理机关", "Sending counts as filing")) { html in
                        html.paragraph(
                            t(
                                "收到之日起 5 个工作日内，我们会告知您是否受理；逾期未告知的，自收到之日起即为受理。",
                                "Within 5 working days you will hear whether it is accepted; silence is acceptance as of today."
                            ))
                    }
                    html.button(t("确认并提交", "Confirm and send"))
                }
            }
        }
    }

    func dossier() throws -> HTML {
        let bar = try clock(from: Self.day(11, 16), due: Self.day(12, 9), paused: Self.day(11, 19)...Self.day(11, 25))
        return portal("/dossiers/1").page(
            t("办件进度", "Your case"), crumbs: [PageLink(t("我的办件", "My cases"), "/dossiers")]
        ) { html in
            html.title(
                t("食品经营许可（新办）", "Food business licence (new)"),
                over: t("鼓楼区市场监督管理局", "Gulou District Market Supervision"))
            html.banner(
                .warning, t("需要您：请在 2026年12月3日 (周四) 前补齐 2 份材料", "You: two papers are missing, by Thu 3 Dec 2026")
            ) { html in
                html.buttonLink(t("去补正", "Hand them in"), "/dossiers/1/correction", .primary)
            }
            html.columns { html in
                html.heading(t("期限", "The clock"))
                html.clock(bar, why: PageLink(t("为什么是这一天？", "Why this date?"), "/dossiers/1/ledger"))
                html.heading(t("经过", "What happened"))
                html.timeline([
                    TimelineEvent(
                        .at(Instant(Self.day(11, 16), hour: 9, minute: 12)), t("您提交了申请", "You filed the application"),
                        links: [PageLink(t("收件凭证", "Receipt"), "/papers/1")]),
                    TimelineEvent(
                        .at(Instant(Self.day(11, 16), hour: 15, minute: 40)),
                        t("鼓楼区市场监督管理局已受理", "Accepted by Gulou District"),
                        links: [PageLink(t("受理通知书", "Notice of acceptance"), "/papers/2")]),
                    TimelineEvent(
                        .on(Self.day(11, 19)), t("现场核查，暂停计时", "On-site inspection; the clock stands"), state: .now,
                        detail: t("核查人员会提前一天与您联系。", "The inspectors will call you a day before.")),
                    TimelineEvent(.by(Self.day(12, 9)), t("作出决定", "Decision"), state: .ahead),
                    TimelineEvent(.open, t("电子证照送达", "Certificate delivered"), state: .ahead),
                ])
            } aside: { html in
                html.card(t("办件信息", "Facts")) { html in
                    html.facts { html in
                        html.fact(t("办件编号", "Case number")) {
                            $0.copyable("3501022611160007", name: words["receipt.number"])
                        }
                        html.fact(t("状态", "State")) { $0.light(.green, days: t("剩 10 天", "10 days left")) }
                        html.fact(t("查询密码", "Query password")) {
                            $0.copyable("K7M2QX", name: words["receipt.password"])
                        }
                    }
                }
                html.card(t("文书与证照", "Papers")) { html in
                    html.download(PageLink(t("收件凭证", "Receipt"), "/papers/1"), kind: "PDF", bytes: 84_000)
                    html.download(
                        PageLink(t("受理通知书", "Notice of acceptance"), "/papers/2"), kind: "OFD", bytes: 142_000)
                }
            }
        }
    }
}
