import Vocabulary

@testable import Web

/// Pages that applicants see.
extension Gallery {
    func home() -> HTML {
        portal("/").page(t("首页", "Home")) { html in
            let question = t("您要办什么事？", "What would you like to do?")
            var box = SearchBox(question, action: "/items", suggestions: "/items/suggestions")
            box.isLarge = true
            box.placeholder = t("例如：开餐馆、社保卡、营业执照", "Such as: open a restaurant, business licence")
            html.element("h1", .class("unseen"), text: t("福州市政务服务", "Fuzhou Government Services"))
            html.search(box)
            html.columns(isAsideFirst: true) { html in
                html.heading(t("常办事项", "Most used"))
                html.tiles(popular)
                html.heading(t("人生大事，一件事一次办", "Life events, handled in one go"))
                html.tiles(lifeEvents)
            } aside: { html in
                html.card(t("我的办件", "My cases")) { html in
                    html.tasks([
                        TaskRow(
                            t("食品经营许可（新办）", "Food business licence"), href: "/dossiers/1",
                            tag: Tag(t("需要您补正", "Waiting for you"), .waiting),
                            note: t("请在 12月3日 前补齐 2 份材料", "Two papers by 3 Dec")),
                        TaskRow(
                            t("户外广告设置审批", "Outdoor advertisement"), href: "/dossiers/2",
                            tag: Tag(t("审查中", "Under review"), .busy), note: t("应于 11月27日 前办结", "Due 27 Nov")),
                        TaskRow(
                            t("公共场所卫生许可", "Public hygiene licence"), href: "/drafts/3", tag: Tag(t("草稿", "Draft")),
                            note: t("已填写 3/5 步", "3 of 5 steps filled in")),
                    ])
                    html.link(PageLink(t("查看全部办件", "All my cases"), "/dossiers"))
                }
                html.card(t("核验证照", "Verify a certificate")) { html in
                    html.paragraph(t("输入证照标识或上传文件，无需登录。", "By its identifier or its file; no account needed."))
                    html.buttonLink(t("去核验", "Verify"), "/verify", icon: .certificate)
                }
            }
        }
    }

    private var popular: [(link: PageLink, note: String)] {
        [
            (
                PageLink(t("食品经营许可（新办）", "Food business licence"), "/items/1"),
                t("4 个工作日 · 一趟不用跑", "4 working days · no trip")
            ),
            (
                PageLink(t("个体工商户设立登记", "Sole trader registration"), "/items/2"),
                t("即办 · 一趟不用跑", "On the spot · no trip")
            ),
            (
                PageLink(t("特殊工时审批", "Special working hours"), "/items/3"),
                t("4 个工作日 · 一趟不用跑", "4 working days · no trip")
            ),
            (
                PageLink(t("二级建造师注册", "Constructor registration"), "/items/4"),
                t("3 个工作日 · 一趟不用跑", "3 working days · no trip")
            ),
            (
                PageLink(t("公共场所卫生许可", "Public hygiene licence"), "/items/5"),
                t("5 个工作日 · 最多跑 1 趟", "5 working days · 1 trip")
            ),
            (
                PageLink(t("社会保障卡申领", "Social security card"), "/items/6"),
                t("5 个工作日 · 最多跑 1 趟", "5 working days · 1 trip")
            ),
        ]
    }

    private var lifeEvents: [(link: PageLink, note: String)] {
        [
            (PageLink(t("开餐馆", "Opening a restaurant"), "/bundles/1"), ""),
            (PageLink(t("新生儿出生", "A child is born"), "/bundles/2"), ""),
            (PageLink(t("退休", "Retiring"), "/bundles/3"), ""),
            (PageLink(t("二手房过户", "Selling a home"), "/bundles/4"), ""),
        ]
    }

    func guide() -> HTML {
        portal("/items/1").page(
            t("食品经营许可（新办）", "Food business licence (new)"),
            crumbs: [PageLink(t("首页", "Home"), "/"), PageLink(t("市场监管", "Market supervision"), "/items?area=market")]
        ) { html in
            html.title(
                t("食品经营许可（新办）", "Food business licence (new)"), over: t("行政许可 · 鼓楼区市场监督管理局", "Licence · Gulou District")
            )
            html.columns { html in
                html.figures([
                    Figure(
                        t("承诺时限", "Promise"), words.workingDays(WorkingDays(4)),
                        change: t("法定 20 个工作日", "statutory: 20")),
                    Figure(t("您需要跑", "Your trips"), words.trips(0)), Figure(t("费用", "Fee"), t("不收费", "Free")),
                ])
                html.heading(t("您需要准备", "What you need"))
                html.note(t("以下按您本人的情况列出，已有的不用再交。", "Listed for you; what is already held need not be handed in."))
                html.needs(needRows)
                html.heading(t("怎么办", "How it goes"))
                html.steps(
                    StepPicture(
                        t("怎么办", "How it goes"),
                        [
                            StepPicture.Step(
                                t("受理", "Acceptance"), who: t("综合窗口人员", "window clerk"), limit: words.trips(0)),
                            StepPicture.Step(
                                t("现场核查", "Site inspection"), who: t("核查人员（两人以上）", "inspectors (two or more)"),
                                limit: words.workingDays(WorkingDays(3))),
                            StepPicture.Step(
                                t("审批", "Decision"), who: t("审批决定人员", "deciding officer"),
                                limit: words.workingDays(WorkingDays(1))),
                        ],
                        aside: (1, [t("依法可能暂停计时", "May stop the clock"), t("检测：不超过10天", "Tests: up to 10 days")])))
                html.unfold(t("设定依据", "Legal basis")) { html in
                    html.paragraph(t("《中华人民共和国食品安全法》第三十五条", "Food Safety Law, article 35"))
                }
                html.unfold(t("受理条件", "Conditions")) { html in
                    html.paragraph(t("具有与经营的食品品种、数量相适应的经营场所。", "Premises that suit the kinds and amounts of food."))
                }
                html.unfold(t("咨询、投诉与救济途径", "Advice, complaints, remedies")) { html in
                    html.paragraph(
                        t("可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。", "Reconsideration in 60 days, court in 6 months."))
                }
            } aside: { html in
                html.card { html in
                    html.paragraph(
                        t("电子证照已为您备好 2 份材料，只需再提交 2 份。", "Two papers are already held for you; two are left."))
                    html.stay { $0.buttonLink(t("开始办理", "Start"), "/items/1/apply", .primary) }
                    html.note(t("可随时保存，30 天内继续。", "Saved as you go; continue within 30 days."))
                    html.link(PageLink(t("到就近窗口办理", "Go to a window instead"), "/halls"))
                }
            }
        }
    }

    private var needRows: [NeedRow] {
        [
            NeedRow(
                t("营业执照", "Business licence"), detail: "",
                standing: .held(t("营业执照 91350102MA2XN4WL3R（演示）", "Business licence 91350102MA2XN4WL3R (demonstration)"))
            ),
            NeedRow(
                t("法定代表人身份证明", "Identity of the legal representative"), detail: "",
                standing: .held(t("居民身份证 3501**********0019", "Identity card 3501**********0019"))),
            NeedRow(
                t("经营场所平面布局图", "Floor plan of the premises"), detail: t("复印件 1 份或电子版", "1 copy, or a file"),
                standing: .wanted,
                links: [PageLink(t("示例样表", "Sample"), "/forms/plan-sample.pdf")]),
            NeedRow(
                t("食品安全管理制度", "Food safety rules"), detail: "", standing: .mayFollow(words.date(Self.day(12, 8))),
                links: [
                    PageLink(t("空白表格", "Blank form"), "/forms/rules.docx"),
                    PageLink(t("示例样表", "Sample"), "/forms/rules.pdf"),
                ]),
        ]
    }

    func verify() -> HTML {
        portal("/verify").page(t("证照核验", "Verify a certificate"), crumbs: [PageLink(t("首页", "Home"), "/")]) { html in
            html.reading { html in
                html.title(t("证照核验", "Verify a certificate"))
                html.banner(.success, t("有效：这份证照是真实的，内容未被改动", "VALID: this certificate is genuine and unchanged")) {
                    html in
                    html.paragraph(t("核验时间：", "Checked: ") + words.moment(Instant(Self.today, hour: 10, minute: 25)))
                }
                html.summary([
                    SummaryRow(t("证照名称", "Certificate"), t("食品经营许可证", "Food business licence")),
                    SummaryRow(
                        t("持证主体", "Holder"), t("福州闽江小馆餐饮有限公司（演示）", "Fuzhou Minjiang Kitchen Ltd (demonstration)")),
                    SummaryRow(t("颁发机构", "Issuer"), t("鼓楼区市场监督管理局", "Gulou District Market Supervision")),
                    SummaryRow(t("有效期至", "Valid until"), words.date(Self.day(11, 23).advanced(byMonths: 60))),
                ])
                html.heading(t("逐项核验", "Step by step"))
                html.tasks([
                    TaskRow(t("签章完整", "Seal intact"), href: nil, tag: Tag(t("通过", "Passed"), .good)),
                    TaskRow(t("签章证书可信", "Seal's key trusted"), href: nil, tag: Tag(t("通过", "Passed"), .good)),
                    TaskRow(
                        t("公开日志有记录", "Entry in the public log"), href: "/log/1", tag: Tag(t("通过", "Passed"), .good),
                        note: t("第 12,904,417 条", "Entry 12,904,417")),
                    TaskRow(
                        t("状态查询", "Status"), href: nil, tag: Tag(t("无法确定", "Undetermined"), .waiting),
                        note: t(
                            "状态服务暂时没有答复，这不表示证照已失效。", "The status service did not answer; this does not mean revoked.")),
                ])
                html.heading(t("再核验一份", "Verify another"))
                html.form("/verify", Self.tokens, hasFiles: true) { html in
                    html.field(
                        Field("identifier", t("电子证照标识", "Certificate identifier"), .text(max: 80)).with {
                            $0.isOptional = true
                        })
                    html.field(Field("file", t("或者上传文件", "Or its file"), .files([".ofd", ".pdf"], max: 1, kept: [])))
                    html.button(t("核验", "Verify"))
                }
            }
        }
    }
}
